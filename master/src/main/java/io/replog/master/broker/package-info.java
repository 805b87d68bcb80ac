/// The master's side of replication through RabbitMQ: loaded with `REPLICATION_TRANSPORT=rabbitmq`
/// only. What goes which way is decided by [io.replog.master.replicate.Broadcast]; here it is sent
/// and answers are taken. Read [io.replog.master.broker.MasterBroker] first.
@NullMarked
package io.replog.master.broker;

import org.jspecify.annotations.NullMarked;
