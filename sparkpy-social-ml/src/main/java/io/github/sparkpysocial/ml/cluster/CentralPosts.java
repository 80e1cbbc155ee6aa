package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.feature.Tokens;
import io.github.sparkpysocial.ml.internal.Dense;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Finds the posts that stand for their clusters. */
final class CentralPosts {
  /** How many times more posts than a card shows are looked at, since some repeat each other. */
  private static final int CANDIDATES = 5;

  private static final Comparator<CentralPost> ORDER =
      Comparator.comparingDouble(CentralPost::similarity)
          .reversed()
          .thenComparing(CentralPost::id)
          .thenComparing(CentralPost::text);

  private CentralPosts() {}

  /** Returns those of each cluster, most central first. */
  static List<List<CentralPost>> of(
      TextClustering settings,
      JavaRDD<PostBlock> blocks,
      JavaRDD<Corpus.Weighed> weighed,
      JavaRDD<Points> points,
      Membership membership,
      double[][] centres) {
    int wanted = settings.postsPerCluster * CANDIDATES;
    double[][] directions = new double[centres.length][];
    for (int c = 0; c < centres.length; c++) {
      directions[c] = Dense.unit(centres[c]);
    }
    List<List<CentralPost>> candidates =
        blocks
            .zip(weighed.zip(points))
            .mapPartitions(each -> candidates(each, membership, directions, wanted))
            .treeReduce((a, b) -> best(a, b, wanted), 2);
    return candidates.stream().map(some -> different(some, settings.postsPerCluster)).toList();
  }

  private static Iterator<List<List<CentralPost>>> candidates(
      Iterator<Tuple2<PostBlock, Tuple2<Corpus.Weighed, Points>>> blocks,
      Membership membership,
      double[][] directions,
      int wanted) {
    List<List<CentralPost>> best = none(directions.length);
    while (blocks.hasNext()) {
      Tuple2<PostBlock, Tuple2<Corpus.Weighed, Points>> next = blocks.next();
      List<NavigableSet<Candidate>> nearest = new ArrayList<>();
      for (int c = 0; c < directions.length; c++) {
        nearest.add(new TreeSet<>(Candidate.order(next._1())));
      }
      Points points = next._2()._2();
      for (int i = 0; i < points.size(); i++) {
        double[] point = points.point(i);
        int cluster = membership.of(point);
        double cosine = Dense.dot(point, directions[cluster]);
        NavigableSet<Candidate> own = nearest.get(cluster);
        if (own.size() < wanted || cosine >= own.last().cosine) {
          own.add(new Candidate(next._2()._1().places()[points.rows()[i]], cosine));
          if (own.size() > wanted) {
            own.pollLast();
          }
        }
      }
      best = best(best, read(nearest, next._1()), wanted);
    }
    return List.of(best).iterator();
  }

  private static List<List<CentralPost>> none(int clusters) {
    List<List<CentralPost>> none = new ArrayList<>();
    for (int c = 0; c < clusters; c++) {
      none.add(new ArrayList<>());
    }
    return none;
  }

  private static List<List<CentralPost>> read(
      List<NavigableSet<Candidate>> nearest, PostBlock block) {
    List<List<CentralPost>> read = new ArrayList<>();
    for (NavigableSet<Candidate> own : nearest) {
      List<CentralPost> posts = new ArrayList<>();
      for (Candidate candidate : own) {
        posts.add(
            new CentralPost(
                block.ids.get(candidate.post), block.texts.get(candidate.post), candidate.cosine));
      }
      read.add(posts);
    }
    return read;
  }

  private static List<List<CentralPost>> best(
      List<List<CentralPost>> a, List<List<CentralPost>> b, int wanted) {
    List<List<CentralPost>> best = new ArrayList<>();
    for (int c = 0; c < a.size(); c++) {
      List<CentralPost> both = new ArrayList<>(a.get(c));
      both.addAll(b.get(c));
      both.sort(ORDER);
      best.add(new ArrayList<>(both.subList(0, Math.min(wanted, both.size()))));
    }
    return best;
  }

  private static List<CentralPost> different(List<CentralPost> candidates, int wanted) {
    List<CentralPost> chosen = new ArrayList<>();
    List<Set<String>> words = new ArrayList<>();
    for (CentralPost candidate : candidates) {
      Set<String> own = new HashSet<>(new Tokens(false).of(candidate.text()));
      if (chosen.size() < wanted && words.stream().noneMatch(other -> nearlyTheSame(own, other))) {
        chosen.add(candidate);
        words.add(own);
      }
    }
    return chosen;
  }

  /** Whether two texts share at least two thirds of their words. */
  private static boolean nearlyTheSame(Set<String> a, Set<String> b) {
    long shared = a.stream().filter(b::contains).count();
    return shared * 3 >= (a.size() + b.size() - shared) * 2;
  }

  /** A post of one block. */
  private record Candidate(int post, double cosine) implements Serializable {

    /** The order of {@link #ORDER}, without reading what need not be read. */
    static Comparator<Candidate> order(PostBlock block) {
      return Comparator.comparingDouble(Candidate::cosine)
          .reversed()
          .thenComparing((Candidate c) -> block.ids.get(c.post))
          .thenComparing((Candidate c) -> block.texts.get(c.post))
          .thenComparing(Candidate::post);
    }
  }
}
