@NullMarked
package io.replog.log;

import org.jspecify.annotations.NullMarked;
