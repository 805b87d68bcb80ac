package io.replog.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommentTest {

  @Test
  void takesACommentApart() {
    Comment comment =
        Comment.parse(
            """
            Adds [io.replog.Thing#x] and
            answers. Later.

            More of it.

            JSON: `{"a":1,
            "b":2}`

            @param first what it
              means
            @param second another
            @throws Exception never
            @see Other
            """);

    assertThat(comment.summary()).isEqualTo("Adds `x` and answers. Later");
    assertThat(comment.description()).isEqualTo("More of it.");
    assertThat(comment.example()).isEqualTo("{\"a\":1, \"b\":2}");
    assertThat(comment.see()).containsExactly("Other");
    assertThat(comment.parameters())
        .containsOnly(
            org.assertj.core.api.Assertions.entry("first", "what it means"),
            org.assertj.core.api.Assertions.entry("second", "another"));
  }

  @Test
  void readsNothingFromExamplesThatAreNotWhole() {
    assertThat(Comment.parse("Text.\n\nJSON: `{\"a\":…}`").example()).isEmpty();
    assertThat(Comment.parse("@param only this").text()).isEmpty();
  }
}
