/// The follower's side of replication through RabbitMQ: loaded with
/// `REPLICATION_TRANSPORT=rabbitmq` only, and never on a layer node. A batch of the queue meets the
/// same core, and the same faults, as one that comes over HTTP. Read
/// [io.replog.follower.broker.EntriesConsumer] first.
@NullMarked
package io.replog.follower.broker;

import org.jspecify.annotations.NullMarked;
