package io.replog.node.settings;

import io.replog.model.Feed;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// How a follower gets its entries, and from whom. A master has neither setting.
///
/// @param feed `FEED`
/// @param upstream `UPSTREAM`, null when the master sends
record FeedSettings(Feed feed, @Nullable URI upstream) {

  private static final FeedSettings EAGER = new FeedSettings(new Feed.Eager(), null);

  /// @throws BadSettingException if one of them cannot be used, or one lacks the other
  static FeedSettings read(Role role, Variables variables) {
    return role == Role.MASTER ? EAGER : ofFollower(variables);
  }

  private static FeedSettings ofFollower(Variables variables) {
    String written = variables.text("FEED").orElse("eager");
    Feed feed =
        Feed.parse(written).orElseThrow(() -> new BadSettingException("FEED", written, Feed.FORMS));
    String upstream = variables.text("UPSTREAM").orElse(null);
    if (feed instanceof Feed.Eager) {
      return eager(upstream);
    }
    if (upstream == null) {
      throw new BadSettingException(
          "UPSTREAM",
          "",
          "where FEED=%s pulls from: the URL of the master or of any follower, such as http://host:6062"
              .formatted(written));
    }
    return new FeedSettings(feed, FollowerList.base("UPSTREAM", upstream, upstream));
  }

  private static FeedSettings eager(@Nullable String upstream) {
    if (upstream != null) {
      throw new BadSettingException(
          "UPSTREAM",
          upstream,
          "unset where FEED is eager: the master feeds eager nodes; or FEED is every N messages, or"
              + " every T");
    }
    return EAGER;
  }
}
