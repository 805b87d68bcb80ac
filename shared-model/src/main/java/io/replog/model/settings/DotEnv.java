package io.replog.model.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a `.env` file as docker compose reads it: `NAME=value` a line, blank lines, `#` comments,
/// `export`, single quotes (as they stand), double quotes (`\n`, `\t`, `\"`, `\\`, `\$`), and
/// `$NAME`, `${NAME}`, `${NAME:-default}` and `$$` for a dollar outside single quotes. A line that
/// is none of these is refused with its number; nothing is guessed. So is one whose value comes to
/// more than 64 Ki characters: lines that double each other would fill any memory.
public final class DotEnv {

  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");
  private static final Pattern DOUBLE_QUOTED =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(?:#.*)?");
  private static final Pattern SINGLE_QUOTED = Pattern.compile("'([^']*)'\\s*(?:#.*)?");
  private static final Pattern COMMENT_BEHIND_VALUE = Pattern.compile("(?:^|\\s+)#.*$");
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$\\$|\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\}|(.?))");

  private static final int MAX_VALUE_CHARACTERS = 64 << 10;

  private final String source;
  private final Map<String, String> environment;
  private final Map<String, String> values = new LinkedHashMap<>();

  private DotEnv(String source, Map<String, String> environment) {
    this.source = source;
    this.environment = environment;
  }

  /// The values of `text`, in their order; of two lines for one name the later one counts.
  ///
  /// @param source name of the file, for messages
  /// @param environment what `$NAME` may refer to besides earlier lines; it wins over them
  /// @throws BadLineException when a line cannot be read
  public static Map<String, String> parse(
      String text, String source, Map<String, String> environment) {
    DotEnv reader = new DotEnv(source, environment);
    String[] lines = withoutByteOrderMark(text).split("\\r?\\n", -1);
    for (int number = 1; number <= lines.length; number++) {
      reader.readLine(lines[number - 1].strip(), number);
    }
    return reader.values;
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private void readLine(String line, int number) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    Matcher assignment = ASSIGNMENT.matcher(line);
    if (!assignment.matches()) {
      throw refusal(number, "expected NAME=value");
    }
    values.put(assignment.group(1), value(assignment.group(2), number));
  }

  private String value(String written, int number) {
    return switch (written.isEmpty() ? ' ' : written.charAt(0)) {
      case '"' -> replaceReferences(unescape(inQuotes(DOUBLE_QUOTED, written, number)), number);
      case '\'' -> inQuotes(SINGLE_QUOTED, written, number);
      default -> replaceReferences(COMMENT_BEHIND_VALUE.matcher(written).replaceFirst(""), number);
    };
  }

  private String inQuotes(Pattern form, String written, int number) {
    Matcher quoted = form.matcher(written);
    if (!quoted.matches()) {
      throw refusal(number, "the quote is not closed, or something stands behind it");
    }
    return quoted.group(1);
  }

  private static String unescape(String quoted) {
    return Pattern.compile("\\\\(.)")
        .matcher(quoted)
        .replaceAll(escape -> Matcher.quoteReplacement(unescaped(escape.group(1))));
  }

  private static String unescaped(String letter) {
    return switch (letter) {
      case "n" -> "\n";
      case "r" -> "\r";
      case "t" -> "\t";
      case "$" -> "$$";
      default -> letter;
    };
  }

  private String replaceReferences(String text, int number) {
    UnaryOperator<String> lookUp =
        name -> environment.getOrDefault(name, values.getOrDefault(name, ""));
    Matcher references = REFERENCE.matcher(text);
    StringBuilder value = new StringBuilder();
    while (references.find()) {
      String found = resolve(references, lookUp, number);
      references.appendReplacement(value, Matcher.quoteReplacement(found));
      requireBounded(value, number);
    }
    return requireBounded(references.appendTail(value), number).toString();
  }

  private StringBuilder requireBounded(StringBuilder value, int number) {
    if (value.length() > MAX_VALUE_CHARACTERS) {
      throw refusal(
          number, "the value has more than %d characters".formatted(MAX_VALUE_CHARACTERS));
    }
    return value;
  }

  private String resolve(MatchResult reference, UnaryOperator<String> lookUp, int number) {
    if (reference.group().equals("$$")) {
      return "$";
    }
    if (reference.group(4) != null) {
      throw refusal(number, "a dollar begins $NAME, ${NAME} or ${NAME:-default}; $$ is a dollar");
    }
    String plain = reference.group(1);
    String found = lookUp.apply(plain != null ? plain : reference.group(2));
    @Nullable String fallback = reference.group(3);
    return found.isEmpty() && fallback != null ? fallback : found;
  }

  private BadLineException refusal(int number, String reason) {
    return new BadLineException(source, number, reason);
  }
}
