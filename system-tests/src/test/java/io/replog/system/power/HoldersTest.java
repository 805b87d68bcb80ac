package io.replog.system.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.history.Attempt;
import io.replog.system.history.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The judge of the disks finds what is lost, and nothing else.
class HoldersTest {

  private final Holders holders = new Holders(3, "master");

  @Test
  void acceptsDisksThatHoldWhatWasAcknowledged() {
    List<Attempt> attempts = List.of(acknowledged("a", 1, 1, 3), acknowledged("b", 1, 2, 1));

    assertThat(holders.lost(attempts, List.of(disk("master", "a", "b"), disk("follower-1", "a"))))
        .isEmpty();
  }

  @Test
  void acceptsLossOfWhatWasNotAcknowledged() {
    List<Attempt> attempts =
        List.of(new Attempt("c1", "a", 1, 0, 1, new Outcome.Unknown("broken connection")));

    assertThat(holders.lost(attempts, List.of(disk("master")))).isEmpty();
  }

  @Test
  void findsWhatTheMasterLost() {
    List<Attempt> attempts = List.of(acknowledged("a", 1, 1, 1));

    assertThat(holders.lost(attempts, List.of(disk("master")))).isPresent();
  }

  @Test
  void findsAnotherTextAtTheIndex() {
    List<Attempt> attempts = List.of(acknowledged("a", 1, 1, 1));

    assertThat(holders.lost(attempts, List.of(disk("master", "b")))).isPresent();
  }

  @Test
  void findsFollowerWithoutWhatAllHadAcknowledged() {
    List<Attempt> attempts = List.of(acknowledged("a", 3, 1, 3));

    assertThat(holders.lost(attempts, List.of(disk("follower-2")))).isPresent();
  }

  @Test
  void acceptsOneOfTwoFollowersWithoutWhatTwoNodesHadAcknowledged() {
    List<Attempt> attempts = List.of(acknowledged("a", 2, 1, 2));

    assertThat(
            holders.lost(
                attempts,
                List.of(disk("master", "a"), disk("follower-1", "a"), disk("follower-2"))))
        .isEmpty();
    assertThat(holders.lost(attempts, List.of(disk("follower-1"), disk("follower-2")))).isPresent();
  }

  @Test
  void findsFollowerWithoutWhatItHadShownThoughOthersHoldIt() {
    List<Attempt> attempts = List.of(acknowledged("a", 1, 1, 2));
    List<DiskContents> disks = List.of(disk("master", "a"), disk("follower-1"));

    assertThat(holders.lost(attempts, disks)).isEmpty();
    assertThat(Holders.forgotten(Map.of("follower-1", List.of("a")), disks))
        .hasValueSatisfying(lost -> assertThat(lost).startsWith("follower-1"));
  }

  @Test
  void findsOtherTextsThanTheNodeHadShown() {
    assertThat(Holders.forgotten(Map.of("master", List.of("a")), List.of(disk("master", "b", "c"))))
        .isPresent();
  }

  @Test
  void acceptsDisksThatHoldMoreThanTheirNodesHadShown() {
    List<DiskContents> disks = List.of(disk("master", "a", "b"), disk("follower-1", "a"));

    assertThat(Holders.forgotten(Map.of("master", List.of("a"), "follower-1", List.of()), disks))
        .isEmpty();
    assertThat(Holders.forgotten(Map.of(), disks)).isEmpty();
  }

  private static Attempt acknowledged(String text, int concern, long index, int acks) {
    return new Attempt("c1", text, concern, 0, 1, new Outcome.Acknowledged(index, acks));
  }

  private static DiskContents disk(String node, String... texts) {
    return new DiskContents(node, List.of(texts), 0);
  }
}
