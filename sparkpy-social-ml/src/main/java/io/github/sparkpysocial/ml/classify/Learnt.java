package io.github.sparkpysocial.ml.classify;

import io.github.sparkpysocial.ml.internal.Margins;
import java.util.List;

/** What a learner made of some posts. */
record Learnt(List<String> labels, Margins margins) {}
