//! x

fn main(){ for t in std::io::stdin().lines() { let t=t.unwrap(); let r=leadfit::title::read(&t); println!("{t} => {:?} {:?} {} [{}] | {:?} {:?} {} [{}] alt {:?} | {:?} {:?} {}", r.level.values, r.level.certainty, r.level.confidence, r.level.evidence, r.departments.values, r.departments.certainty, r.departments.confidence, r.departments.evidence, r.departments.alternatives, r.status, r.flags, r.role(&[],None).id()); } }
