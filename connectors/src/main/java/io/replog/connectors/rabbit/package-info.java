/// RabbitMQ beside the log, off unless `RABBITMQ_URI` is set: *in*, a queue whose messages become
/// entries, and *out*, the log published to an exchange. Neither holds a message that is not in the
/// broker or in the log, and neither makes this process unhealthy when the broker is away. Read
/// [io.replog.connectors.rabbit.QueueToLog] and [io.replog.connectors.rabbit.LogToExchange] next.
@NullMarked
package io.replog.connectors.rabbit;

import org.jspecify.annotations.NullMarked;
