package io.replog.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A small HTTP server that answers each request as it is told, and can stall all of them.
final class ScriptedServer implements AutoCloseable {

  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  /// What to answer.
  interface Script {
    /// @param request number of the request, from 1, over all connections
    /// @return the whole answer; empty to close the connection instead
    String answer(long request);
  }

  private final ServerSocket socket;
  private final Script script;
  private final AtomicLong requests = new AtomicLong();

  /// Until when nothing is answered.
  private volatile long stalledUntilNanos = System.nanoTime();

  ScriptedServer(Script script) throws IOException {
    this.script = script;
    this.socket = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
  }

  long requests() {
    return requests.get();
  }

  /// From now on, and for so long, no request is answered.
  void stall(long nanos) {
    stalledUntilNanos = System.nanoTime() + nanos;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      OutputStream out = client.getOutputStream();
      while (readRequest(in)) {
        String answer = script.answer(requests.incrementAndGet());
        waitOutStall();
        if (answer.isEmpty()) {
          return;
        }
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException _) {
      // the client has gone
    }
  }

  private void waitOutStall() {
    long left = stalledUntilNanos - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = stalledUntilNanos - System.nanoTime();
    }
  }

  private static boolean readRequest(BufferedReader in) throws IOException {
    String line = in.readLine();
    while (line != null && !line.isEmpty()) {
      line = in.readLine();
    }
    return line != null;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
