/// The verbs that talk to a cluster anywhere, by HTTP alone: `add`, `list`, `tail`, `health`,
/// `adopt`. They start nothing and keep nothing. Read [io.replog.client.remote.AddCommand] first,
/// then [io.replog.client.remote.AddResult].
@NullMarked
package io.replog.client.remote;

import org.jspecify.annotations.NullMarked;
