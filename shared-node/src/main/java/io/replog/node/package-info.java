@NullMarked
package io.replog.node;

import org.jspecify.annotations.NullMarked;
