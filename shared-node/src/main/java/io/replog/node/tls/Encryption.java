package io.replog.node.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Begins TLS on open connections, with the certificates of one moment.
public final class Encryption {

  private final @Nullable SSLContext context;

  /// @param context null = that of the JDK, for a node without certificates of its own
  Encryption(@Nullable SSLContext context) {
    this.context = context;
  }

  /// Shakes hands on `plain`, which from then on belongs to what is returned.
  ///
  /// @throws IOException if the other side cannot prove that it is `host`
  public Socket over(Socket plain, String host, int port) throws IOException {
    SSLSocket encrypted =
        (SSLSocket) context().getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters parameters = encrypted.getSSLParameters();
    parameters.setProtocols(new String[] {TlsProperties.PROTOCOL});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    return encrypted;
  }

  private SSLContext context() throws IOException {
    try {
      return context == null ? SSLContext.getDefault() : context;
    } catch (NoSuchAlgorithmException none) {
      throw new IOException("there is no TLS", none);
    }
  }
}
