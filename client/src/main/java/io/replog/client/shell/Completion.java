package io.replog.client.shell;

import io.replog.client.Failure;
import io.replog.client.remote.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;

/// What can stand at a place of a line. A text is never completed.
final class Completion {

  private final Map<String, CommandLine> verbs;
  private final Target target;

  Completion(Map<String, CommandLine> verbs, Target target) {
    this.verbs = verbs;
    this.target = target;
  }

  /// @param before the words of the line so far, without the one that is begun
  /// @param begun what there is of that word, maybe nothing
  List<String> of(List<String> before, String begun) {
    if (before.isEmpty()) {
      return Arrays.stream(Word.values()).map(Word::spelling).toList();
    }
    return Word.of(before.getFirst()).map(word -> behind(word, begun)).orElse(List.of());
  }

  private List<String> behind(Word word, String begun) {
    return switch (word) {
      case LIST, TAIL -> begun.startsWith("-") ? options(word) : nodes();
      case FAULT -> begun.startsWith("-") ? options(word) : and("clear", nodes());
      case HEALTH, LAG, TRACE, VERIFY -> begun.startsWith("-") ? options(word) : List.of();
      case W -> concerns();
      case HELP -> List.copyOf(verbs.keySet());
      case ADD, STOP, EXIT, QUIT -> List.of();
    };
  }

  private List<String> options(Word word) {
    CommandLine verb = verbs.get(word.spelling());
    return verb == null ? List.of() : List.copyOf(verb.getCommandSpec().optionsMap().keySet());
  }

  private List<String> concerns() {
    Stream<String> numbers = IntStream.rangeClosed(1, nodes().size()).mapToObj(Integer::toString);
    return Stream.concat(numbers, Stream.of("majority", "all")).toList();
  }

  private List<String> nodes() {
    try {
      return List.copyOf(target.nodes().keySet());
    } catch (Failure _) {
      return List.of();
    }
  }

  private static List<String> and(String word, List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.add(word);
    return all;
  }
}
