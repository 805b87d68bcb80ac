/// `GET /cluster/messages`: what several nodes hold of one page of the log, found by asking each of
/// them like a client. It decides nothing and changes nothing. Read
/// [io.replog.master.read.ClusterReads] first.
@NullMarked
package io.replog.master.read;

import org.jspecify.annotations.NullMarked;
