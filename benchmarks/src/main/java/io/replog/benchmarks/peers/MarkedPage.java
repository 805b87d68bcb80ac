package io.replog.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A page of which one part is written by a program: what stands between two markers.
///
/// @param file the page, in Markdown
/// @param name name of the part
record MarkedPage(Path file, String name) {

  /// Puts these lines between the markers.
  ///
  /// @throws IOException when the page has not both markers, and nothing was changed
  void replace(List<String> lines) throws IOException {
    List<String> page = Files.readAllLines(file);
    int begin = page.indexOf("<!-- %s -->".formatted(name));
    int end = page.indexOf("<!-- end of %s -->".formatted(name));
    if (begin < 0 || end < begin) {
      throw new IOException("%s has no part %s".formatted(file, name));
    }
    List<String> changed = new ArrayList<>(page.subList(0, begin + 1));
    changed.addAll(lines);
    changed.addAll(page.subList(end, page.size()));
    Files.write(file, changed);
  }
}
