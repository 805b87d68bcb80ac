package io.replog.openapi;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The doc comments of sources: what the document says stands there, and nowhere else.
final class Words {

  private final Map<String, Comment> comments;

  private Words(Map<String, Comment> comments) {
    this.comments = comments;
  }

  /// Reads every source below these directories.
  static Words of(List<Path> roots) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources(roots)));
      Finder finder = new Finder(DocTrees.instance(task));
      for (CompilationUnitTree unit : task.parse()) {
        finder.scan(unit, String.valueOf(unit.getPackageName()));
      }
      return new Words(finder.found);
    }
  }

  private static List<Path> sources(List<Path> roots) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path root : roots) {
      try (Stream<Path> tree = Files.walk(root)) {
        tree.filter(path -> path.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }

  Comment of(Class<?> type) {
    return find(Objects.requireNonNull(type.getCanonicalName(), type::getName));
  }

  /// Overloads share one.
  Comment of(Method method) {
    return find(method.getDeclaringClass().getCanonicalName() + "#" + method.getName());
  }

  Comment of(Enum<?> constant) {
    return find(constant.getDeclaringClass().getCanonicalName() + "#" + constant.name());
  }

  /// What a component of a record means, empty if nobody says so.
  String of(Class<?> type, String component) {
    Comment comment = of(type);
    return Stream.concat(Stream.of(comment), comment.see().stream().map(this::named))
        .map(each -> each.parameters().getOrDefault(component, ""))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  /// That of the type of this simple name.
  ///
  /// @throws IllegalStateException if there are several
  private Comment named(String simpleName) {
    List<String> names =
        comments.keySet().stream()
            .filter(name -> name.endsWith("." + simpleName))
            .sorted()
            .toList();
    if (names.size() > 1) {
      throw new IllegalStateException("@see %s may be any of %s".formatted(simpleName, names));
    }
    return names.isEmpty() ? Comment.NONE : find(names.getFirst());
  }

  private Comment find(String name) {
    return comments.getOrDefault(name, Comment.NONE);
  }

  /// Goes through a source; the argument is the name of what it is in.
  private static final class Finder extends TreePathScanner<@Nullable Void, String> {

    private final Map<String, Comment> found = new HashMap<>();
    private final DocTrees docs;

    Finder(DocTrees docs) {
      this.docs = docs;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, String within) {
      String name = within + "." + type.getSimpleName();
      note(name);
      for (Tree member : type.getMembers()) {
        scan(member, name);
      }
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, String within) {
      note(within + "#" + method.getName());
      return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree variable, String within) {
      note(within + "#" + variable.getName());
      return null;
    }

    private void note(String name) {
      String comment = docs.getDocComment(getCurrentPath());
      if (comment != null) {
        found.put(name, Comment.parse(comment));
      }
    }
  }
}
