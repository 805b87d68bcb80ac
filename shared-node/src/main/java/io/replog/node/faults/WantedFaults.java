package io.replog.node.faults;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.node.api.Allowed;
import io.replog.node.problem.Refusal;
import org.jspecify.annotations.Nullable;

/// The faults that somebody asks for, with the fields of [InjectedFaults]. What is left out is as
/// it was when the follower started.
///
/// @see InjectedFaults
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WantedFaults(
    @JsonProperty("delay_ms") @Allowed(least = 0, most = WantedFaults.MAX_MILLIS)
        @Nullable Long delayMillis,
    @JsonProperty("jitter_ms") @Allowed(least = 0, most = WantedFaults.MAX_MILLIS)
        @Nullable Long jitterMillis,
    @JsonProperty("error_before_percent") @Allowed(least = 0, most = WantedFaults.MAX_PERCENT)
        @Nullable Integer errorBeforePercent,
    @JsonProperty("error_after_percent") @Allowed(least = 0, most = WantedFaults.MAX_PERCENT)
        @Nullable Integer errorAfterPercent,
    @JsonProperty("drop_answers_percent") @Allowed(least = 0, most = WantedFaults.MAX_PERCENT)
        @Nullable Integer dropAnswersPercent,
    @JsonProperty("pause") @Nullable Boolean pause,
    @JsonProperty("partition") @Nullable Boolean partition,
    @JsonProperty("seed") @Allowed(least = 0, most = WantedFaults.MAX_SEED) @Nullable Long seed) {

  static final long MAX_MILLIS = 600_000;
  static final int MAX_PERCENT = 100;

  /// Every integer up to here is one in every reader of JSON.
  static final long MAX_SEED = (1L << 53) - 1;

  /// Everything as it was at the start.
  public static final WantedFaults NONE =
      new WantedFaults(null, null, null, null, null, null, null, null);

  /// The same where every value is within its bounds.
  ///
  /// @throws Refusal 400 that names the first field that is not
  public WantedFaults checked() {
    check("delay_ms", delayMillis, MAX_MILLIS);
    check("jitter_ms", jitterMillis, MAX_MILLIS);
    check("error_before_percent", errorBeforePercent, MAX_PERCENT);
    check("error_after_percent", errorAfterPercent, MAX_PERCENT);
    check("drop_answers_percent", dropAnswersPercent, MAX_PERCENT);
    check("seed", seed, MAX_SEED);
    return this;
  }

  /// What is to be injected.
  ///
  /// @param start what was at the start
  public InjectedFaults over(InjectedFaults start) {
    return new InjectedFaults(
        delayMillis == null ? start.delayMillis() : delayMillis,
        jitterMillis == null ? start.jitterMillis() : jitterMillis,
        errorBeforePercent == null ? start.errorBeforePercent() : errorBeforePercent,
        errorAfterPercent == null ? start.errorAfterPercent() : errorAfterPercent,
        dropAnswersPercent == null ? start.dropAnswersPercent() : dropAnswersPercent,
        pause == null ? start.pause() : pause,
        partition == null ? start.partition() : partition,
        seed == null ? start.seed() : seed);
  }

  private static void check(String field, @Nullable Number value, long most) {
    if (value != null && (value.longValue() < 0 || value.longValue() > most)) {
      throw Refusal.badRequest(
          "%s is %s, it must be an integer from 0 to %d".formatted(field, value, most));
    }
  }
}
