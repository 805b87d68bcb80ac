package io.replog.node.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `.env` file of the working directory, for nodes started by hand: `NAME=value` lines, `#`
/// comments, optional quotes. Environment variables win over it.
public final class DotEnv {

  private static final Pattern LINE =
      Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=(.*)");
  private static final Pattern COMMENT = Pattern.compile("(?:\\s|^)#.*$");

  private DotEnv() {}

  /// The values of `file`, if there is one, overlaid by `environment`.
  ///
  /// @throws BadSettingException if the file is there and cannot be read
  public static Map<String, String> under(Map<String, String> environment, Path file) {
    Map<String, String> all = new HashMap<>(Files.isRegularFile(file) ? parse(file) : Map.of());
    environment.forEach((name, value) -> all.merge(name, value, (old, mine) -> choose(old, mine)));
    return all;
  }

  private static String choose(String fromFile, String fromEnvironment) {
    return fromEnvironment.isBlank() ? fromFile : fromEnvironment;
  }

  private static Map<String, String> parse(Path file) {
    Map<String, String> values = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          values.put(matcher.group(1), unquote(matcher.group(2).strip()));
        }
      }
      return values;
    } catch (IOException unreadable) {
      throw new BadSettingException(".env", file.toString(), "a readable text file");
    }
  }

  private static String unquote(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted
        ? value.substring(1, value.length() - 1)
        : COMMENT.matcher(value).replaceFirst("").strip();
  }
}
