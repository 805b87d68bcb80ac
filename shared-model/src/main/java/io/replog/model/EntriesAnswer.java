package io.replog.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// What a follower gives to a master that pulls: the entries right behind the position that the
/// master asked for. It travels as the `data` of the envelope of `GET /cluster/entries`.
///
/// JSON: `{"entries":[{"epoch":3,"timestamp_ms":1795201380000,"key":null,"text":"m7"}],
/// "standing":{"node":"follower-1",…}}`
///
/// @param entries in order, without gap, as many as fit the asked size, at least one unless there
///   are none
/// @param standing where the follower stands
public record EntriesAnswer(
    @JsonProperty(value = "entries", required = true) List<WireEntry> entries,
    @JsonProperty(value = "standing", required = true) Standing standing) {

  public EntriesAnswer {
    entries = List.copyOf(entries);
  }
}
