/// Who may call the connectors, and in what form: a key where one is set, otherwise programs and
/// pages of this machine alone. Read [io.replog.connectors.access.AccessFilter] next.
@NullMarked
package io.replog.connectors.access;

import org.jspecify.annotations.NullMarked;
