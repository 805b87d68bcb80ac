package io.replog.client.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/// Lines of text as the JSON lines of a bulk add, made while they are read. What is not UTF-8 ends
/// it with an exception.
final class TextLines extends InputStream {

  private final BufferedReader text;
  private byte[] line = new byte[0];
  private int next;

  TextLines(InputStream text) {
    this.text =
        new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder()));
  }

  @Override
  public int read() throws IOException {
    return has() ? line[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (!has()) {
      return -1;
    }
    int count = Math.min(length, line.length - next);
    System.arraycopy(line, next, into, offset, count);
    next += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }

  private boolean has() throws IOException {
    if (next == line.length) {
      String read = text.readLine();
      line = read == null ? new byte[0] : json(read);
      next = 0;
    }
    return next < line.length;
  }

  private static byte[] json(String read) {
    return (JsonMapper.shared().createObjectNode().put("data", read) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
