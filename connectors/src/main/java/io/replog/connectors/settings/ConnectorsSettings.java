package io.replog.connectors.settings;

import io.replog.node.settings.BadSettingException;
import io.replog.node.settings.Secrets;
import io.replog.node.settings.Variables;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What every connector needs.
///
/// @param port `CONNECTORS_PORT`
/// @param bindAddress `CONNECTORS_BIND_ADDRESS`
/// @param logUrl `LOG_URL`: the master, or any node that leads to it; without a path
/// @param logKey `REPLOG_API_KEY` or `REPLOG_API_KEY_FILE`: what nodes ask of clients, null for
///   nothing
/// @param key `CONNECTORS_KEY` or `CONNECTORS_KEY_FILE`: what is asked of those who call here, null
///   for nothing
/// @param tls `REPLOG_CA`, `REPLOG_CERTIFICATE`, `REPLOG_PRIVATE_KEY`
public record ConnectorsSettings(
    int port,
    String bindAddress,
    URI logUrl,
    @Nullable String logKey,
    @Nullable String key,
    TlsFiles tls) {

  private static final int DEFAULT_PORT = 6070;
  private static final int MASTER_PORT = 6061;

  /// PEM files for the way to the nodes; all null where it is plain or the JDK's trust is enough.
  public record TlsFiles(
      @Nullable Path authority, @Nullable Path certificate, @Nullable Path privateKey) {}

  /// The settings in `variables`.
  ///
  /// @throws BadSettingException if one of them cannot be used
  public static ConnectorsSettings read(Variables variables) {
    String key = Secrets.key(variables, "CONNECTORS_KEY").orElse(null);
    return new ConnectorsSettings(
        variables.number("CONNECTORS_PORT", 0, 65_535).orElse(DEFAULT_PORT),
        bindAddress(variables, key),
        logUrl(variables),
        Secrets.key(variables, "REPLOG_API_KEY").orElse(null),
        key,
        new TlsFiles(
            variables.path("REPLOG_CA").orElse(null),
            variables.path("REPLOG_CERTIFICATE").orElse(null),
            variables.path("REPLOG_PRIVATE_KEY").orElse(null)));
  }

  /// Whoever can reach the address can change databases, so beyond this machine a key is needed.
  private static String bindAddress(Variables variables, @Nullable String key) {
    String address = variables.text("CONNECTORS_BIND_ADDRESS").orElse("127.0.0.1");
    if (key == null && !isLoopback(address)) {
      throw new BadSettingException(
          "CONNECTORS_BIND_ADDRESS",
          address,
          "an address of this machine alone, such as 127.0.0.1, unless CONNECTORS_KEY is set");
    }
    return address;
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  private static URI logUrl(Variables variables) {
    int port = variables.number("MASTER_PORT", 0, 65_535).orElse(MASTER_PORT);
    String url = variables.text("LOG_URL").orElse("http://127.0.0.1:" + port);
    if (!url.matches("https?://[^/?#@\\s]+/?")) {
      throw new BadSettingException(
          "LOG_URL", url, "the address of the master such as http://127.0.0.1:6061");
    }
    return URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
  }
}
