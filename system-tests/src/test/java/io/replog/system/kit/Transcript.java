package io.replog.system.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A console block of a Markdown page, as commands with what they print.
public final class Transcript {

  private static final Pattern TIME = Pattern.compile("[0-9]+\\.[0-9]+ s");

  private Transcript() {}

  /// One command of the block.
  ///
  /// @param command what stands behind `$ `
  /// @param output the lines below it
  public record Step(String command, List<String> output) {}

  /// The steps of the first console block behind the comment `<!-- name -->`.
  ///
  /// @throws AssertionError when there is no such block, or it is empty
  public static List<Step> marked(String page, String name) {
    String opening = "<!-- " + name + " -->\n```console\n";
    int start = page.indexOf(opening);
    int end = page.indexOf("\n```", start + opening.length());
    if (start < 0 || end < 0) {
      throw new AssertionError("the page has no console block marked <!-- " + name + " -->");
    }
    List<Step> steps = read(page.substring(start + opening.length(), end));
    if (steps.isEmpty()) {
      throw new AssertionError("the block marked <!-- " + name + " --> has no command");
    }
    return steps;
  }

  private static List<Step> read(String block) {
    List<Step> steps = new ArrayList<>();
    for (String line : block.lines().toList()) {
      if (line.startsWith("$ ")) {
        steps.add(new Step(line.substring(2), new ArrayList<>()));
      } else if (steps.isEmpty()) {
        throw new AssertionError("the block begins with output: " + line);
      } else {
        steps.getLast().output().add(line);
      }
    }
    return steps;
  }

  /// Whether the line is a time such as `2.011 s`.
  public static boolean isTime(String line) {
    return TIME.matcher(line).matches();
  }

  public static double seconds(String line) {
    if (!isTime(line)) {
      throw new AssertionError("not a time: " + line);
    }
    return Double.parseDouble(line.substring(0, line.length() - 2));
  }
}
