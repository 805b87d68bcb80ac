package io.replog.node.faults;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What goes wrong at a follower because somebody wants it to. Everything concerns what its master
/// sends; clients and operators are served as always, so that every fault can be seen and lifted.
///
/// JSON: `{"delay_ms":2000,"jitter_ms":500,"error_before_percent":10,"error_after_percent":0,
/// "drop_answers_percent":0,"pause":false,"partition":false,"seed":7}`
///
/// @param delayMillis artificial delay before each append, milliseconds, 0 to 600,000
/// @param jitterMillis by how much each batch may wait shorter or longer, 0 to 600,000; order stays
/// @param errorBeforePercent batches of a hundred that are answered 500 and not looked at
/// @param errorAfterPercent batches of a hundred that are answered 500 although they are durable
/// @param dropAnswersPercent calls of a hundred that are carried out and never answered
/// @param pause whether connections are taken and nothing is ever answered
/// @param partition whether every connection is broken, and the master makes none
/// @param seed of everything that is drawn: the same calls in the same order meet the same faults
@JsonPropertyOrder({
  "delay_ms",
  "jitter_ms",
  "error_before_percent",
  "error_after_percent",
  "drop_answers_percent",
  "pause",
  "partition",
  "seed"
})
public record InjectedFaults(
    @JsonProperty("delay_ms") long delayMillis,
    @JsonProperty("jitter_ms") long jitterMillis,
    @JsonProperty("error_before_percent") int errorBeforePercent,
    @JsonProperty("error_after_percent") int errorAfterPercent,
    @JsonProperty("drop_answers_percent") int dropAnswersPercent,
    @JsonProperty("pause") boolean pause,
    @JsonProperty("partition") boolean partition,
    @JsonProperty("seed") long seed) {

  /// Whether anything but the delay is injected.
  public boolean areMoreThanDelay() {
    return changeAnswers() || jitterMillis > 0;
  }

  /// Whether calls may be answered otherwise than late.
  public boolean changeAnswers() {
    return errorBeforePercent > 0
        || errorAfterPercent > 0
        || dropAnswersPercent > 0
        || pause
        || partition;
  }

  /// These, null where they are a delay at most: that is told everywhere by itself.
  public @Nullable InjectedFaults beyondDelay() {
    return areMoreThanDelay() ? this : null;
  }

  /// For a log line: what is injected, and the seed; `none` where nothing is.
  public String inWords() {
    List<String> words = new ArrayList<>();
    add(words, delayMillis > 0, "delay " + delayMillis + " ms");
    add(words, jitterMillis > 0, "jitter " + jitterMillis + " ms");
    addPercent(words, "errors before", errorBeforePercent);
    addPercent(words, "errors after", errorAfterPercent);
    addPercent(words, "dropped answers", dropAnswersPercent);
    add(words, pause, "paused");
    add(words, partition, "partitioned");
    return words.isEmpty() ? "none" : String.join(", ", words) + ", seed " + seed;
  }

  private static void addPercent(List<String> words, String what, int percent) {
    add(words, percent > 0, what + " " + percent + " %");
  }

  private static void add(List<String> words, boolean applies, String word) {
    if (applies) {
      words.add(word);
    }
  }
}
