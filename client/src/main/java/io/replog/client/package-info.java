@NullMarked
package io.replog.client;

import org.jspecify.annotations.NullMarked;
