/// How RabbitMQ is spoken to: connections that come back by themselves, a reader and a sender that
/// outlive the broker, and what the nodes of a cluster say to one another through it. Nothing of it
/// is loaded where no broker is named. Read [io.replog.broker.BrokerLink] first.
@NullMarked
package io.replog.broker;

import org.jspecify.annotations.NullMarked;
