package io.replog.system.sabotage.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Replaces the bodies of named methods of one class when that class is loaded.
final class Saboteur implements ClassFileTransformer {

  private static final int EXIT_CODE = 70;

  private final String type;

  /// Method name to what it returns; an empty text stands for the default.
  private final Map<String, String> methods;

  Saboteur(String type, Map<String, String> methods) {
    this.type = type;
    this.methods = methods;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (!type.equals(name)) {
      return null;
    }
    try {
      return sabotaged(bytes);
    } catch (RuntimeException | Error broken) {
      return giveUp("cannot be sabotaged: " + broken);
    }
  }

  private byte @Nullable [] sabotaged(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    Set<String> missing = new HashSet<>(methods.keySet());
    model.methods().forEach(method -> missing.remove(method.methodName().stringValue()));
    if (!missing.isEmpty()) {
      return giveUp("has no method " + missing);
    }
    System.out.println(SabotageAgent.SABOTAGED + " " + type + " " + methods);
    return ClassFile.of()
        .transformClass(
            model, ClassTransform.transformingMethods(this::isMeant, this.replaceBodies()));
  }

  private boolean isMeant(MethodModel method) {
    return methods.containsKey(method.methodName().stringValue());
  }

  private MethodTransform replaceBodies() {
    return MethodTransform.ofStateful(
        () ->
            (builder, element) -> {
              if (element instanceof CodeModel code) {
                MethodModel method = code.parent().orElseThrow();
                builder.withCode(body -> returnAtOnce(body, method));
              } else {
                builder.with(element);
              }
            });
  }

  private void returnAtOnce(CodeBuilder body, MethodModel method) {
    TypeKind kind = TypeKind.from(method.methodTypeSymbol().returnType());
    String value = methods.getOrDefault(method.methodName().stringValue(), "");
    switch (kind) {
      case VOID -> {}
      case REFERENCE -> body.aconst_null();
      case LONG -> body.loadConstant(number(value));
      case FLOAT -> body.fconst_0();
      case DOUBLE -> body.dconst_0();
      default -> body.loadConstant(Math.toIntExact(number(value)));
    }
    body.return_(kind);
  }

  private static long number(String value) {
    return switch (value) {
      case "", "false" -> 0;
      case "true" -> 1;
      default -> Long.parseLong(value);
    };
  }

  /// What a transformer throws is swallowed by the JVM, so the node is ended instead.
  private byte @Nullable [] giveUp(String complaint) {
    System.err.println("sabotage: " + type + " " + complaint);
    Runtime.getRuntime().halt(EXIT_CODE);
    return null;
  }
}
