/// The acceptance scenarios, played against any cluster by the addresses of its nodes. They use the
/// original contract alone, so that another implementation of it can be checked as well. Read
/// [io.replog.client.check.Scenarios] first.
@NullMarked
package io.replog.client.check;

import org.jspecify.annotations.NullMarked;
