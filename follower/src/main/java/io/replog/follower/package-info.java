@NullMarked
package io.replog.follower;

import org.jspecify.annotations.NullMarked;
