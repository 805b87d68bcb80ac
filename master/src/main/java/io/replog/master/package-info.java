@NullMarked
package io.replog.master;

import org.jspecify.annotations.NullMarked;
