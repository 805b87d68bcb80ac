package io.replog.client.branches;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BranchTableTest {

  @Test
  void showsEachBranchOnOneLineAndTheHeadOffice() {
    List<String> lines =
        BranchTable.lines(
            json(
                """
                {"branches":[{"name":"lviv","work":{"state":"WAITING","automatic":true,"interval_ms":5000},
                  "pending":3,"refused":1,"sales":17,"last_seen":"2026-11-22T04:31:07.123456Z"}],
                 "head_office":{"work":{"state":"WAITING"},"sales":14,"applied_index":40,"log_index":42,
                  "dead_letters":2,"last_seen":"2026-11-22T04:31:08Z"}}
                """));

    assertThat(lines.get(1)).matches("lviv +WAITING +17 +3 +1 +every 5s +2026-11-22T04:31:07Z *");
    assertThat(lines)
        .contains(
            "head office  WAITING  14 sales, log up to #40 of #42, 2 put aside, last seen"
                + " 2026-11-22T04:31:08Z");
  }

  @Test
  void doesNotGuessWhatIsUnknownAndSaysWhy() {
    List<String> lines =
        BranchTable.lines(
            json(
                """
                {"branches":[{"name":"lviv","work":{"state":"OFFLINE","automatic":false,
                  "reason":"branch lviv is offline (no route)\\u001b[2J"},
                  "pending":null,"refused":null,"sales":null,"last_seen":null}],"head_office":null}
                """));

    assertThat(lines.get(1)).matches("lviv +OFFLINE +\\? +\\? +\\? +by hand +never *");
    assertThat(lines.getLast())
        .startsWith("lviv: branch lviv is offline (no route)")
        .doesNotContain("\u001b");
  }

  @Test
  void saysThatThereAreNoBranches() {
    assertThat(BranchTable.lines(json("{\"branches\":[],\"head_office\":null}")))
        .containsExactly("There are no branches: BRANCH_1_URL is not set.");
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
