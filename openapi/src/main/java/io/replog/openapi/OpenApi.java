package io.replog.openapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The program that the build of a node runs: `OUTPUT NODE VERSION SOURCES…`. It describes every
/// handler of `io.replog` on its class path.
public final class OpenApi {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private OpenApi() {}

  /// Writes the document to a file.
  ///
  /// @param arguments where to, `master` or `follower`, version, and the directories of the sources
  ///   that the doc comments are taken from
  public static void main(String[] arguments) throws IOException {
    Path output = Path.of(arguments[0]);
    List<Path> sources = Arrays.stream(arguments).skip(3).map(Path::of).toList();
    Document document = new Document(Words.of(sources), arguments[1], arguments[2]);
    List<Handler> handlers =
        Stream.concat(Handler.below("io.replog"), Handler.of(ActuatorOperations.class))
            .sorted()
            .toList();
    Files.createDirectories(output.toAbsolutePath().getParent());
    Files.writeString(output, JSON.writeValueAsString(document.of(handlers)) + "\n");
  }
}
