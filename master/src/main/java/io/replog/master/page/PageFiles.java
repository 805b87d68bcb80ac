package io.replog.master.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The files of the page, in memory. There are no others: a path is a key, never a way to a file.
@Component
final class PageFiles {

  static final String INDEX = "index.html";

  private static final List<String> NAMES =
      List.of(
          INDEX,
          "icon.svg",
          "page.css",
          "parts.css",
          "access.js",
          "charts.js",
          "cluster.js",
          "diagram.js",
          "dom.js",
          "faults.js",
          "format.js",
          "layers.js",
          "matrix.js",
          "operations.js",
          "page.js",
          "read.js",
          "series.js",
          "stream.js",
          "theme.js",
          "trace.js",
          "write.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "svg", "image/svg+xml");

  private final Map<String, PageFile> files;

  /// One of them.
  ///
  /// @param type its media type
  record PageFile(String type, byte[] bytes) {}

  PageFiles() {
    this.files = NAMES.stream().collect(Collectors.toMap(Function.identity(), PageFiles::read));
  }

  /// The file of this name, null when there is none.
  @Nullable PageFile find(String name) {
    return files.get(name);
  }

  private static PageFile read(String name) {
    String type = Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
    try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
      return new PageFile(type, Objects.requireNonNull(in, name).readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
