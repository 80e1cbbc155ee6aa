package io.github.sparkpysocial.viz.notebook;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.execution.LocalExecutionControlProvider;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.history.HistoryManager;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.jspecify.annotations.Nullable;

/**
 * A kernel on the library that kernels for the JVM are made of, which finds its extensions and
 * shows values as they do; cells are single expressions for JShell.
 */
public final class JShellKernel extends BaseKernel implements AutoCloseable {
  /** What a cell is worth, set by the code of the cell. */
  public static @Nullable Object value;

  private final JShell shell =
      JShell.builder().executionEngine(new LocalExecutionControlProvider(), null).build();

  private JShellKernel() {
    super(
        "test",
        "1",
        new LanguageInfo.Builder("Java").build(),
        List.of(),
        new HistoryManager() {},
        new JupyterIO(StandardCharsets.UTF_8),
        new CommManager(),
        new Renderer(),
        new MagicParser("^\\s*%", "%%", null),
        new MagicsRegistry(),
        true,
        new StringStyler.Builder().build());
  }

  public static JShellKernel start() {
    JShellKernel kernel = new JShellKernel();
    kernel.onStartup();
    return kernel;
  }

  @Override
  public Object evalRaw(String cell) {
    SnippetEvent event =
        shell.eval(JShellKernel.class.getName() + ".value = (" + cell + ");").get(0);
    if (event.status() != Snippet.Status.VALID || event.exception() != null) {
      throw new IllegalArgumentException(
          shell.diagnostics(event.snippet()).toList() + cell, event.exception());
    }
    return Objects.requireNonNull(value);
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String isComplete(String code) {
    return IS_COMPLETE_YES;
  }

  @Override
  public void close() {
    onShutdown(false);
    shell.close();
  }
}
