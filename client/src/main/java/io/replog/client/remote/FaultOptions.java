package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.model.settings.Durations;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// The faults that somebody names on the command line. The nodes check their bounds.
final class FaultOptions {

  @Option(
      names = "--delay",
      paramLabel = "D",
      description = "Delay every message by this, such as 2s, at most 10m.")
  private @Nullable String delay;

  @Option(
      names = "--jitter",
      paramLabel = "D",
      description = "Delay each batch by up to this more or less.")
  private @Nullable String jitter;

  @Option(
      names = "--error-before",
      paramLabel = "PERCENT",
      description = "Answer so many batches with an error and append nothing.")
  private @Nullable Integer errorBefore;

  @Option(
      names = "--error-after",
      paramLabel = "PERCENT",
      description = "Answer so many batches with an error although they are durable.")
  private @Nullable Integer errorAfter;

  @Option(
      names = "--drop-answers",
      paramLabel = "PERCENT",
      description = "Carry so many calls out and never answer.")
  private @Nullable Integer dropAnswers;

  @Option(
      names = "--pause",
      negatable = true,
      description = "Take the master's connections and never answer; or no longer.")
  private @Nullable Boolean pause;

  @Option(
      names = "--partition",
      negatable = true,
      description = "Keep master and follower apart; or no longer.")
  private @Nullable Boolean partition;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of what is drawn: the same seed draws the same.")
  private @Nullable Long seed;

  boolean isAnySet() {
    return Stream.of(delay, jitter, errorBefore, errorAfter, dropAnswers, pause, partition, seed)
        .anyMatch(Objects::nonNull);
  }

  /// What is asked for, and otherwise what is there.
  ObjectNode over(ObjectNode present) {
    if (delay != null) {
      present.put("delay_ms", millis("--delay", delay));
    }
    if (jitter != null) {
      present.put("jitter_ms", millis("--jitter", jitter));
    }
    put(present, "error_before_percent", errorBefore);
    put(present, "error_after_percent", errorAfter);
    put(present, "drop_answers_percent", dropAnswers);
    if (pause != null) {
      present.put("pause", pause);
    }
    if (partition != null) {
      present.put("partition", partition);
    }
    if (seed != null) {
      present.put("seed", seed);
    }
    return present;
  }

  private static void put(ObjectNode faults, String field, @Nullable Integer percent) {
    if (percent != null) {
      faults.put(field, percent);
    }
  }

  private static long millis(String option, String written) {
    return Durations.parse(written)
        .orElseThrow(
            () ->
                Failure.usage(
                    "%s %s cannot be used; allowed: a duration such as 250ms, 5s or 0s"
                        .formatted(option, written)))
        .toMillis();
  }
}
