package io.replog.node.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.node.loop.PendingCalls.Call;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingCallsTest {

  private final PendingCalls<String> calls = new PendingCalls<>();

  @Test
  void forgetsNoCallThatIsOpenedWhileOthersFail() {
    List<Call<String>> late = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.open().answer().whenComplete((_, _) -> late.add(calls.open()));
    }

    calls.failAll(new IllegalStateException("the end"));

    assertThat(late).hasSize(100);
    calls.completeAll(_ -> "answer");
    assertThat(late).allMatch(call -> call.answer().isDone());
  }
}
