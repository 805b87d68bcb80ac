package io.replog.system.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Has every answer that any test gets judged by the documents of the nodes: whatever happens to a
/// cluster, nodes answer as described. Loaded by JUnit itself, for all tests.
public final class DocumentWitness implements BeforeAllCallback {

  /// Judging takes time; what is larger has the form of what is smaller.
  private static final int MAX_BYTES = 64 << 10;

  @Override
  public void beforeAll(ExtensionContext context) {
    NodeClient.watchedBy(Documents::judge);
  }

  /// Of both nodes, as they were built: an answer does not say who gave it.
  private static final class Documents {

    private static final List<ApiDocument> ALL =
        Stream.of("master", "follower").map(Documents::read).toList();

    private static ApiDocument read(String module) {
      Path built = Repository.root().resolve(module + "/target/classes/openapi.json");
      try {
        return new ApiDocument(Json.parse(Files.readString(built)));
      } catch (IOException missing) {
        throw new UncheckedIOException(missing);
      }
    }

    static void judge(String method, String path, Reply reply) {
      if (reply.bytes().length > MAX_BYTES) {
        return;
      }
      List<List<String>> verdicts =
          ALL.stream()
              .flatMap(
                  document ->
                      document
                          .find(method, path)
                          .map(operation -> document.contradictions(operation, reply))
                          .stream())
              .toList();
      boolean elsewhere = verdicts.size() < ALL.size() && reply.status() == 404;
      if (!elsewhere && !verdicts.isEmpty() && verdicts.stream().noneMatch(List::isEmpty)) {
        throw new AssertionError(method + " " + path + ": " + verdicts.getFirst());
      }
    }
  }
}
