package io.replog.system.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/// Many answers at once.
public final class Replies {

  private static final int UNKNOWN = 504;

  private Replies() {}

  /// The answer, waited for.
  ///
  /// @throws UncheckedIOException when the connection broke, or the answer took too long
  public static Reply now(CompletableFuture<Reply> later) {
    try {
      return later.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof IOException broken) {
        throw new UncheckedIOException(broken);
      }
      if (failed.getCause() instanceof TimeoutException) {
        throw new UncheckedIOException(new HttpTimeoutException("no whole answer in time"));
      }
      throw failed;
    }
  }

  /// All answers, waited for, in the order of the calls.
  public static List<Reply> now(List<CompletableFuture<Reply>> later) {
    return later.stream().map(Replies::now).toList();
  }

  /// The status of the answer, waited for; 504 where the node ended before it could answer, because
  /// what became of the call is as unknown then.
  public static int status(CompletableFuture<Reply> later) {
    try {
      return now(later).status();
    } catch (UncheckedIOException broken) {
      return UNKNOWN;
    }
  }

  /// Adds `count` messages at once, all with the same concern.
  public static List<CompletableFuture<Reply>> addMany(
      NodeClient master, String prefix, int count, Object concern) {
    return IntStream.range(0, count)
        .mapToObj(number -> master.addLater(prefix + number, concern))
        .toList();
  }
}
