package io.replog.master.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.replication.master.MasterView;
import io.replog.replication.master.MemberRole;
import java.util.List;

/// What `GET /health` of a master says of the part of the log that is kept.
///
/// JSON: `{"first_index":3001,"surplus_index":4000,"waits_for":["follower-2"]}`
///
/// @param firstIndex first index kept here
/// @param surplusIndex highest index that `RETENTION_BYTES` and `RETENTION_AGE` do not ask for, 0
///   when there is none
/// @param waitsFor followers that lack some of it: as long as they do, nothing of what they lack is
///   deleted anywhere
public record RetentionHealth(
    @JsonProperty("first_index") long firstIndex,
    @JsonProperty("surplus_index") long surplusIndex,
    @JsonProperty("waits_for") List<String> waitsFor) {

  public RetentionHealth {
    waitsFor = List.copyOf(waitsFor);
  }

  static RetentionHealth of(long surplusIndex, MasterView view) {
    return new RetentionHealth(
        view.firstIndex(),
        surplusIndex,
        view.followers().stream()
            .filter(follower -> follower.role() != MemberRole.LEAVING)
            .filter(follower -> follower.matchIndex() < surplusIndex)
            .map(MasterView.FollowerView::name)
            .toList());
  }
}
