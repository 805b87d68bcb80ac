/// What `.env` and the environment say about the cluster: which nodes, which ports, which delays.
/// It checks what the runner itself uses and leaves every other setting to the nodes. Read
/// [io.replog.client.settings.ClusterSettings] first.
@NullMarked
package io.replog.client.settings;

import org.jspecify.annotations.NullMarked;
