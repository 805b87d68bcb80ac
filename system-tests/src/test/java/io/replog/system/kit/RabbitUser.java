package io.replog.system.kit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// Speaks to a broker as any program of others would. Each verb is a connection of its own, so that
/// a broker may be restarted in between.
public final class RabbitUser {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String uri;

  /// @param uri such as `amqp://guest:guest@127.0.0.1:5672`
  public RabbitUser(String uri) {
    this.uri = uri;
  }

  /// A message that came from the broker.
  ///
  /// @param id its message id, null when it has none
  /// @param text its body
  /// @param headers texts among them as the client has them, see [#header]
  public record Delivered(String id, String text, Map<String, Object> headers) {

    static Delivered of(GetResponse got) {
      Map<String, Object> headers = got.getProps().getHeaders();
      return new Delivered(
          got.getProps().getMessageId(),
          new String(got.getBody(), StandardCharsets.UTF_8),
          headers == null ? Map.of() : headers);
    }

    public String header(String name) {
      return String.valueOf(headers.get(name));
    }

    /// Of the entry that it was published from.
    public long index() {
      return Long.parseLong(header("Log-Index"));
    }
  }

  /// What is done with a channel.
  @FunctionalInterface
  public interface Use<T> {
    T with(Channel channel) throws Exception;
  }

  public <T> T use(Use<T> use) {
    try (Connection connection = connect();
        Channel channel = connection.createChannel()) {
      return use.with(channel);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (ShutdownSignalException | TimeoutException gone) {
      throw new UncheckedIOException(new IOException(gone));
    } catch (RuntimeException failed) {
      throw failed;
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private Connection connect() throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(new URI(uri));
    factory.setAutomaticRecoveryEnabled(false);
    factory.setConnectionTimeout(5_000);
    return factory.newConnection("test");
  }

  public boolean isAnswered() {
    return use(Channel::isOpen);
  }

  /// Publishes texts to a queue that is there, each under an id, and returns when the broker has
  /// them all.
  public void publish(String queue, List<String> ids, List<String> texts) {
    use(
        channel -> {
          channel.confirmSelect();
          for (int place = 0; place < ids.size(); place++) {
            byte[] body = texts.get(place).getBytes(StandardCharsets.UTF_8);
            channel.basicPublish("", queue, true, properties(ids.get(place)), body);
          }
          channel.waitForConfirmsOrDie(LIMIT.toMillis());
          return null;
        });
  }

  public void publish(String queue, String id, String text) {
    publish(queue, List.of(id), List.of(text));
  }

  /// Publishes anything.
  public void publish(String queue, AMQP.BasicProperties properties, byte[] body) {
    use(
        channel -> {
          channel.confirmSelect();
          channel.basicPublish("", queue, true, properties, body);
          channel.waitForConfirmsOrDie(LIMIT.toMillis());
          return null;
        });
  }

  /// Of a durable text under this id; null for none.
  public static AMQP.BasicProperties properties(String id) {
    return MessageProperties.PERSISTENT_TEXT_PLAIN.builder().messageId(id).build();
  }

  /// A durable queue that gets what is published to the exchange, which is made if need be.
  public void subscribe(String queue, String exchange, Map<String, Object> arguments) {
    use(
        channel -> {
          channel.exchangeDeclare(exchange, "fanout", true);
          channel.queueDeclare(queue, true, false, false, arguments);
          return channel.queueBind(queue, exchange, "");
        });
  }

  public boolean hasQueue(String queue) {
    try {
      return use(channel -> channel.queueDeclarePassive(queue)) != null;
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  /// How many messages wait in the queue, without those that a consumer has and has not
  /// acknowledged.
  public int waiting(String queue) {
    return use(channel -> channel.queueDeclarePassive(queue)).getMessageCount();
  }

  /// Takes what is in the queue now, at most so many.
  public List<Delivered> take(String queue, int limit) {
    return use(
        channel -> {
          List<Delivered> taken = new ArrayList<>();
          GetResponse got;
          while (taken.size() < limit && (got = channel.basicGet(queue, true)) != null) {
            taken.add(Delivered.of(got));
          }
          return taken;
        });
  }

  public List<Delivered> takeAll(String queue) {
    return take(queue, Integer.MAX_VALUE);
  }
}
