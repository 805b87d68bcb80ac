@NullMarked
package io.replog.replication;

import org.jspecify.annotations.NullMarked;
