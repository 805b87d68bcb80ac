package io.replog.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a follower gives to a master that pulls: the entries right behind the position that the
/// master asked for. It travels as the `data` of the envelope of `GET /cluster/entries`.
///
/// JSON: `{"entries":[{"epoch":3,"timestamp_ms":1795201380000,"key":null,"text":"m7"}],
/// "standing":{"node":"follower-1",…},"base":null}`
///
/// @param entries in order, without gap, as many as fit the asked size, at least one unless there
///   are none
/// @param standing where the follower stands
/// @param base the entry before `entries`, where nothing before it is kept and the master holds
///   nothing yet; null when the entries follow from where the master stands
public record EntriesAnswer(
    @JsonProperty(value = "entries", required = true) List<WireEntry> entries,
    @JsonProperty(value = "standing", required = true) Standing standing,
    @JsonProperty("base") @Nullable Position base) {

  public EntriesAnswer {
    entries = List.copyOf(entries);
  }
}
