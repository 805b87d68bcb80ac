package io.replog.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who belongs to the cluster beside the master, from one entry of the log to the next. It is
/// whole: the last one in a log says everything, whatever stood before it.
///
/// As a text, the text of its entry: what happened in the first line, a member in each further one.
///
/// ```text
/// follower-3 joins
/// follower-1 http://10.0.0.2:6062 eager
/// follower-3 http://10.0.0.4:6064 eager
/// ```
///
/// @param reason what happened, one line for people
/// @param members in the order in which they joined, each name once
public record Membership(String reason, List<Member> members) {

  private static final int PARTS = 3;

  public Membership {
    members = List.copyOf(members);
    Set<String> names = new HashSet<>();
    if (!members.stream().map(Member::name).allMatch(names::add)) {
      throw new IllegalArgumentException("a member is named twice");
    }
    if (reason.isBlank() || reason.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("the reason is one line");
    }
  }

  /// The one in which `member` is there too.
  public Membership with(Member member) {
    List<Member> more = new ArrayList<>(members);
    more.add(member);
    return new Membership(member.name() + " joins", more);
  }

  /// The one in which nobody has that name.
  public Membership without(String name) {
    return new Membership(
        name + " leaves", members.stream().filter(each -> !each.name().equals(name)).toList());
  }

  /// The same again, because its entry would not be kept.
  public Membership restated() {
    return new Membership("the members as they are", members);
  }

  /// The member of that name, or null.
  public @Nullable Member named(String name) {
    return members.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }

  /// Those that count for write concerns.
  public List<Member> eager() {
    return members.stream().filter(Member::isEager).toList();
  }

  /// The text of its entry.
  public String text() {
    StringBuilder lines = new StringBuilder(reason);
    for (Member member : members) {
      lines.append('\n').append(member.name()).append(' ').append(member.url());
      lines.append(' ').append(member.feed());
    }
    return lines.toString();
  }

  /// What an entry says.
  ///
  /// @throws IllegalArgumentException if it is none of this kind
  public static Membership of(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    List<Member> members = lines.stream().skip(1).map(Membership::member).toList();
    return new Membership(lines.getFirst(), members);
  }

  private static Member member(String line) {
    String[] parts = line.split(" ", PARTS);
    if (parts.length < PARTS) {
      throw new IllegalArgumentException("a member has a name, a URL and a feed: " + line);
    }
    return new Member(parts[0], parts[1], parts[2]);
  }
}
