package io.replog.node.problem;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;

/// Says what is wrong with a JSON body: which field, which value, what is allowed. Never with names
/// of classes.
final class JsonErrors {

  private static final Pattern MISSING =
      Pattern.compile("Missing required creator property '([^']*)'");

  private static final String MISSING_BODY = "the body is missing: JSON is needed";

  private static final Pattern ALLOWED = Pattern.compile("allowed \\((\\d+)");

  /// What the parser says about its own settings and sources, to the end of its sentence.
  private static final Pattern OWN_AFFAIRS =
      Pattern.compile(
          "(: | )?\\(?(start marker at|enable `|maybe a \\(|\\[Source).*", Pattern.DOTALL);

  private JsonErrors() {}

  /// @param cause why a body could not be read, null when there was none
  static Refusal refusal(@Nullable Throwable cause) {
    return switch (cause) {
      case StreamConstraintsException tooMuch -> limit(tooMuch);
      case StreamReadException malformed -> malformed(malformed);
      case MismatchedInputException mismatch -> Refusal.badRequest(describe(mismatch));
      case DatabindException other ->
          Refusal.badRequest(fieldOr(other, "the body") + " is invalid");
      case null -> Refusal.badRequest(MISSING_BODY);
      default -> Refusal.badRequest("the body could not be read to its end");
    };
  }

  /// `refusal`, thrown while a field was read, with the name of that field in front where it says
  /// what that field "is" or "has".
  static Refusal withField(Refusal refusal, Throwable failure) {
    Throwable at = failure;
    while (at != null && !(at instanceof DatabindException)) {
      at = at.getCause();
    }
    boolean ofField = refusal.message().startsWith("is ") || refusal.message().startsWith("has ");
    if (!ofField) {
      return refusal;
    }
    String field =
        at instanceof DatabindException inField ? fieldOr(inField, "the body") : "the body";
    return Refusal.badRequest(field + " " + refusal.message());
  }

  private static Refusal limit(StreamConstraintsException tooMuch) {
    String words = tooMuch.getOriginalMessage();
    Matcher allowed = ALLOWED.matcher(words);
    return words.startsWith("String value length") || words.startsWith("String length")
        ? Refusal.of(
            ProblemType.TOO_LARGE,
            allowed.find()
                ? "a string in the body has more than %s characters".formatted(allowed.group(1))
                : "a string in the body is too long")
        : Refusal.badRequest(
            "the JSON is too deeply nested, or a number or name in it is too long");
  }

  private static Refusal malformed(StreamReadException malformed) {
    return Refusal.badRequest(
        "the body is not JSON as it is read here: %s (%s)"
            .formatted(Printable.of(words(malformed)), place(malformed)));
  }

  private static String words(StreamReadException malformed) {
    return OWN_AFFAIRS.matcher(malformed.getOriginalMessage()).replaceFirst("");
  }

  private static String place(JacksonException failure) {
    TokenStreamLocation location = failure.getLocation();
    return location == null
        ? "at an unknown place"
        : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String describe(MismatchedInputException mismatch) {
    String words = mismatch.getOriginalMessage();
    Matcher missing = MISSING.matcher(words);
    if (missing.find()) {
      return Printable.of(parents(mismatch) + missing.group(1)) + " is missing";
    }
    if (words.startsWith("No content to map")) {
      return MISSING_BODY;
    }
    if (words.startsWith("Trailing token")) {
      return "something follows the JSON value (%s)".formatted(place(mismatch));
    }
    return "%s must be %s"
        .formatted(fieldOr(mismatch, "the body"), expected(mismatch.getTargetType()));
  }

  private static String parents(DatabindException failure) {
    String path = path(failure);
    int lastDot = path.lastIndexOf('.');
    return lastDot < 0 ? "" : path.substring(0, lastDot + 1);
  }

  private static String fieldOr(DatabindException failure, String otherwise) {
    String path = path(failure);
    return path.isEmpty() ? otherwise : Printable.of(path);
  }

  private static String path(DatabindException failure) {
    List<JacksonException.Reference> path = failure.getPath();
    return path.stream().map(JsonErrors::step).collect(Collectors.joining(".")).replace(".[", "[");
  }

  private static String step(JacksonException.Reference reference) {
    return reference.getPropertyName() == null
        ? "[" + reference.getIndex() + "]"
        : reference.getPropertyName();
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "something else";
    }
    if (type == String.class) {
      return "a string";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "an integer";
    }
    if (type.isEnum()) {
      return "one of the words that are defined for it";
    }
    return Iterable.class.isAssignableFrom(type) || type.isArray() ? "an array" : "an object";
  }
}
