package io.replog.broker;

import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionListener;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/// One connection to the broker, made when it is first needed and anew whenever it is gone. Whoever
/// takes messages from the broker and whoever publishes have one each: a broker that is full stops
/// reading from those that publish, and acknowledgements must still get through.
public final class BrokerLink implements ConnectionListener, BlockedListener, AutoCloseable {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int CLOSE_MILLIS = 1_000;

  /// A broker that is silent for twice as long is gone.
  private static final int HEARTBEAT_SECONDS = 10;

  private final CachingConnectionFactory factory;
  private final Trouble trouble;
  private volatile @Nullable Connection connection;
  private volatile @Nullable String blockedBecause;
  private volatile Runnable opened = () -> {};
  private volatile Runnable lost = () -> {};

  private BrokerLink(CachingConnectionFactory factory, Trouble trouble) {
    this.factory = factory;
    this.trouble = trouble;
    factory.addConnectionListener(this);
  }

  /// One to take messages from.
  ///
  /// @param name how the broker's operators see it
  /// @param trouble hears of every connection that could not be made
  public static BrokerLink forConsuming(URI uri, String name, Trouble trouble) {
    return new BrokerLink(factory(uri, name), trouble);
  }

  /// One on which every message is confirmed, or comes back when no queue would get it.
  ///
  /// @param name how the broker's operators see it
  /// @param trouble hears of every connection that could not be made
  public static BrokerLink forPublishing(URI uri, String name, Trouble trouble) {
    CachingConnectionFactory factory = factory(uri, name);
    factory.setPublisherConfirmType(ConfirmType.CORRELATED);
    factory.setPublisherReturns(true);
    return new BrokerLink(factory, trouble);
  }

  private static CachingConnectionFactory factory(URI uri, String name) {
    CachingConnectionFactory factory = new CachingConnectionFactory(client(uri));
    factory.setConnectionNameStrategy(_ -> name);
    factory.setCloseTimeout(CLOSE_MILLIS);
    factory.setChannelCacheSize(1);
    return factory;
  }

  private static ConnectionFactory client(URI uri) {
    try {
      ConnectionFactory client = new ConnectionFactory();
      client.setUri(uri);
      if (uri.getScheme().equals("amqps")) {
        requireTrust(client);
      }
      client.setAutomaticRecoveryEnabled(false);
      client.setConnectionTimeout(CONNECT_MILLIS);
      client.setRequestedHeartbeat(HEARTBEAT_SECONDS);
      return client;
    } catch (URISyntaxException | GeneralSecurityException unusable) {
      throw new IllegalArgumentException(unusable);
    }
  }

  /// By itself the client would take any certificate.
  private static void requireTrust(ConnectionFactory client) throws GeneralSecurityException {
    client.useSslProtocol(SSLContext.getDefault());
    client.enableHostnameVerification();
  }

  /// Runs `declare` on every new connection, before anybody else uses it.
  public void whenOpened(Runnable declare) {
    opened = declare;
  }

  /// Runs `hear` whenever nothing can be sent any more for a while: the connection is gone, or the
  /// broker takes nothing on it. On a thread of the client, which it must not block.
  public void whenLost(Runnable hear) {
    lost = hear;
  }

  /// What Spring's templates and containers connect by.
  public CachingConnectionFactory factory() {
    return factory;
  }

  /// Declares what has to be there; what is there with other properties is used as it is.
  public RabbitAdmin admin() {
    RabbitAdmin admin = new RabbitAdmin(factory);
    admin.setIgnoreDeclarationExceptions(true);
    return admin;
  }

  /// Sends messages, and hears of those that no queue would get.
  public RabbitTemplate template() {
    RabbitTemplate template = new RabbitTemplate(factory);
    template.setMandatory(true);
    return template;
  }

  /// Whether there is a connection now.
  public boolean isOpen() {
    Connection now = connection;
    return now != null && now.isOpen();
  }

  /// Why the broker takes no messages on this connection, null when it does.
  public @Nullable String blockedBecause() {
    return isOpen() ? blockedBecause : null;
  }

  @Override
  public void onCreate(@Nullable Connection created) {
    blockedBecause = null;
    connection = created;
    trouble.isOver();
    if (created != null) {
      created.addBlockedListener(this);
      opened.run();
    }
  }

  @Override
  public void onFailed(Exception failure) {
    trouble.is("the broker cannot be reached: " + Trouble.of(failure));
  }

  @Override
  public void onShutDown(ShutdownSignalException signal) {
    lost.run();
  }

  @Override
  public void onClose(Connection closed) {
    lost.run();
  }

  @Override
  public void handleBlocked(String reason) {
    blockedBecause = reason;
    trouble.is("the broker takes nothing: " + reason);
    lost.run();
  }

  @Override
  public void handleUnblocked() {
    blockedBecause = null;
    trouble.isOver();
  }

  /// Gives this connection up, for one that knows anew what has to be there.
  public void renew() {
    factory.resetConnection();
  }

  /// Does not wait for a broker that has stopped reading: a write under way holds the connection
  /// until the broker, or the end of this process, ends it.
  @Override
  public void close() {
    Thread closing = Thread.ofPlatform().daemon().name("broker-close").start(factory::destroy);
    try {
      closing.join(CLOSE_MILLIS / 2);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
