package io.replog.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/// A point in a log: the index of an entry, its epoch and the chain up to it. Two nodes of one log
/// with equal positions hold equal prefixes.
///
/// JSON: `{"index":7,"epoch":3,"chain":"00f3a91c55d2e7b4"}`; the chain is 16 hexadecimal digits.
///
/// @param index 0 for the point before the first entry
/// @param epoch epoch of that entry, 0 at index 0
/// @param chain running hash up to that entry, 0 at index 0
public record Position(long index, long epoch, @JsonIgnore long chain) {

  /// The point before the first entry.
  public static final Position START = new Position(0, 0, 0);

  @JsonCreator
  static Position parse(
      @JsonProperty(value = "index", required = true) long index,
      @JsonProperty(value = "epoch", required = true) long epoch,
      @JsonProperty(value = "chain", required = true) String chainDigits) {
    return new Position(index, epoch, Chain.fromDigits(chainDigits));
  }

  /// The chain as it is written in JSON.
  @JsonProperty("chain")
  public String chainDigits() {
    return Chain.toDigits(chain);
  }
}
