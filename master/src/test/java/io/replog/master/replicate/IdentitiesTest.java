package io.replog.master.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.FsyncMode;
import io.replog.model.Position;
import io.replog.model.RefusalReason;
import io.replog.model.Standing;
import org.junit.jupiter.api.Test;

class IdentitiesTest {

  private final Identities identities = new Identities();

  private static Standing standing(String incarnation) {
    return new Standing("f", incarnation, null, 0, Position.START, 0, FsyncMode.ALWAYS, null, null);
  }

  private Outcome acknowledged(String follower, String incarnation) {
    return identities.distinct(follower, new Outcome.Acknowledged(standing(incarnation)));
  }

  @Test
  void letsEachDirectoryCountForOneFollowerOnly() {
    acknowledged("follower-1", "a");

    assertThat(acknowledged("follower-2", "a"))
        .isEqualTo(
            new Outcome.Failed(
                FailureKind.MALFORMED, "it is the same data directory as follower-1"));
    assertThat(
            identities.distinct(
                "follower-2", new Outcome.Refused(RefusalReason.GAP, standing("a"))))
        .isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void takesDifferentDirectories() {
    assertThat(acknowledged("follower-1", "a")).isInstanceOf(Outcome.Acknowledged.class);
    assertThat(acknowledged("follower-2", "b")).isInstanceOf(Outcome.Acknowledged.class);
  }

  @Test
  void knowsNobodyWhoHadTheNameBefore() {
    Outcome old = new Outcome.Acknowledged(standing("a"));
    Outcome present = new Outcome.Acknowledged(standing("b"));
    assertThat(identities.known("follower-1", old)).isInstanceOf(Outcome.Failed.class);

    identities.distinct("follower-1", old);
    assertThat(identities.known("follower-1", old)).isEqualTo(old);
    identities.distinct("follower-1", present);

    assertThat(identities.known("follower-1", old)).isInstanceOf(Outcome.Failed.class);
    assertThat(identities.known("follower-1", present)).isEqualTo(present);
  }

  @Test
  void takesAFollowerWithANewDirectory() {
    acknowledged("follower-1", "a");

    assertThat(acknowledged("follower-1", "b")).isInstanceOf(Outcome.Acknowledged.class);
    assertThat(acknowledged("follower-2", "a")).isInstanceOf(Outcome.Acknowledged.class);
  }
}
