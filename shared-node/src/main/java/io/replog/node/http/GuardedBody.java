package io.replog.node.http;

import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/// A body as it is read: counted, timed, and checked to be UTF-8. Of one with many messages only
/// its longest line counts as held.
final class GuardedBody extends ServletInputStream {

  private final ServletInputStream body;
  private final BodyRules rules;
  private final long limit;
  private final BodyBudget budget;
  private final boolean bulk;
  private final Utf8Check utf8 = new Utf8Check();

  /// What a body takes before its first byte: buffers, and the stack of who reads it.
  private static final int READING_BYTES = 64 << 10;

  private long bytes;

  /// How long its bytes were waited for, nanoseconds: what its reader does meanwhile does not
  /// count.
  private long waitedNanos;

  /// Bytes and time when the pace was last found good.
  private long pacedBytes;

  private long pacedNanos;

  /// Bytes of the line that is being read; only where lines are read one by one.
  private long lineBytes;

  /// Bytes of the longest line so far, which is all that is held of such a body.
  private long longestLine;

  /// Bytes of the budget that this body holds.
  private long held;

  GuardedBody(
      ServletInputStream body, BodyRules rules, long limit, boolean bulk, BodyBudget budget) {
    this.body = body;
    this.rules = rules;
    this.limit = limit;
    this.bulk = bulk;
    this.budget = budget;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    takeReadingBytes();
    int count = readOrTimeOut(buffer, offset, length);
    if (count > 0) {
      bytes += count;
      check(buffer, offset, count);
    } else if (count < 0) {
      release();
      requireComplete();
    }
    return count;
  }

  /// Nothing more is read: others may have its share of the budget.
  void release() {
    budget.give(held);
    held = 0;
  }

  private void requireComplete() throws RefusedBodyException {
    if (!utf8.isComplete()) {
      throw refused(Refusal.badRequest("the body ends inside of a UTF-8 character"));
    }
  }

  static Refusal tooLarge(long limit) {
    return Refusal.of(
            ProblemType.TOO_LARGE, "the body is above its limit of %d bytes".formatted(limit))
        .withHeader("Connection", "close");
  }

  private int readOrTimeOut(byte[] buffer, int offset, int length) throws IOException {
    long askedNanos = System.nanoTime();
    try {
      int count = body.read(buffer, offset, length);
      waitedNanos += System.nanoTime() - askedNanos;
      return count;
    } catch (IOException failed) {
      boolean silent = isTimeout(failed) || rules.isSilence(System.nanoTime() - askedNanos);
      throw refused(silent ? tooSlow() : cutShort(rules.isStopping()));
    }
  }

  private void check(byte[] buffer, int offset, int count) throws RefusedBodyException {
    if (bytes > limit) {
      throw refused(tooLarge(limit));
    }
    take(bulk ? growth(buffer, offset, count) : count);
    checkPace();
    if (!utf8.accept(buffer, offset, count)) {
      throw refused(Refusal.badRequest("the body is not UTF-8"));
    }
  }

  /// Fast bytes of earlier do not excuse slow ones: what counts is the time since the pace was last
  /// found good.
  private void checkPace() throws RefusedBodyException {
    long elapsedNanos = waitedNanos - pacedNanos;
    if (rules.isTooSlow(bytes - pacedBytes, elapsedNanos)) {
      throw refused(tooSlow());
    }
    if (rules.isGrace(elapsedNanos)) {
      pacedBytes = bytes;
      pacedNanos = waitedNanos;
    }
  }

  /// Bytes that the longest line so far has grown by: no more of a body is held at once.
  private int growth(byte[] buffer, int offset, int count) {
    long before = longestLine;
    int from = offset;
    for (int i = offset; i < offset + count; i++) {
      if (buffer[i] == '\n') {
        longestLine = Math.max(longestLine, lineBytes + i - from);
        lineBytes = 0;
        from = i + 1;
      }
    }
    lineBytes += offset + count - from;
    longestLine = Math.max(longestLine, lineBytes);
    return (int) (longestLine - before);
  }

  private void takeReadingBytes() throws RefusedBodyException {
    if (held == 0 && !isFinished()) {
      take(READING_BYTES);
    }
  }

  private void take(int count) throws RefusedBodyException {
    if (!budget.take(held, count)) {
      throw refused(tooMany());
    }
    held += count;
  }

  private static Refusal tooMany() {
    return Refusal.unavailable(
            "too many bodies are being read; nothing was appended", "TOO_MANY_BODIES", 1)
        .withHeader("Connection", "close");
  }

  private static Refusal cutShort(boolean stopping) {
    Refusal why =
        stopping
            ? Refusal.unavailable("the node is stopping", "STOPPING", 1)
            : Refusal.badRequest("the body ended, or became unreadable, before it was whole");
    return why.withHeader("Connection", "close");
  }

  private static Refusal tooSlow() {
    return Refusal.of(ProblemType.REQUEST_TIMEOUT, "the body came too slowly and was cut off")
        .withHeader("Connection", "close");
  }

  private static RefusedBodyException refused(Refusal refusal) {
    return new RefusedBodyException(refusal);
  }

  private static boolean isTimeout(@Nullable Throwable failure) {
    return failure != null
        && (failure instanceof SocketTimeoutException || isTimeout(failure.getCause()));
  }

  @Override
  public int available() throws IOException {
    return body.available();
  }

  @Override
  public boolean isFinished() {
    return body.isFinished();
  }

  @Override
  public boolean isReady() {
    return body.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    body.setReadListener(listener);
  }

  /// Leaves the body open: what its reader did not want is taken in by [UnreadBody].
  @Override
  public void close() {
    release();
  }
}
