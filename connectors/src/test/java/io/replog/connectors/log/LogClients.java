package io.replog.connectors.log;

import io.replog.connectors.settings.ConnectorsSettings;
import io.replog.node.json.StrictJson;
import java.net.URI;

/// Clients for tests, made as the application makes its own.
public final class LogClients {

  private LogClients() {}

  public static LogClient of(URI url) {
    return of(settings(url, null));
  }

  static LogClient of(ConnectorsSettings settings) {
    return new LogConfiguration().logClient(settings, StrictJson.mapper(64 << 20));
  }

  static ConnectorsSettings settings(URI url, String key) {
    return new ConnectorsSettings(
        0, "127.0.0.1", url, key, null, new ConnectorsSettings.TlsFiles(null, null, null));
  }
}
