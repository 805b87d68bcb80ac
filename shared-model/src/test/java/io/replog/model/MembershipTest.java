package io.replog.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembershipTest {

  private static final Member FIRST = Member.eager("follower-1", "http://10.0.0.2:6062");
  private static final Member LAYER =
      new Member("layer-1-1", "http://10.0.0.5:6065", "every 10 messages from follower-1");

  @Test
  void readsWhatItWrites() {
    Membership membership = new Membership("layer-1-1 joins", List.of(FIRST, LAYER));

    assertThat(membership.text())
        .isEqualTo(
            """
            layer-1-1 joins
            follower-1 http://10.0.0.2:6062 eager
            layer-1-1 http://10.0.0.5:6065 every 10 messages from follower-1\
            """);
    assertThat(Membership.of(membership.text())).isEqualTo(membership);
  }

  @Test
  void maySayThatNobodyIsLeft() {
    Membership nobody = new Membership("x", List.of(FIRST)).without("follower-1");

    assertThat(Membership.of(nobody.text()).members()).isEmpty();
    assertThat(nobody.reason()).isEqualTo("follower-1 leaves");
  }

  @Test
  void countsOnlyTheEager() {
    assertThat(new Membership("x", List.of(FIRST, LAYER)).eager()).containsExactly(FIRST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x\n",
        "x\nname",
        "x\nname http://h:1",
        "x\na http://h:1 eager\na http://h:2 e"
      })
  void refusesWhatIsNone(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Membership.of(text));
  }
}
